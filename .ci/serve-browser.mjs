// `secsite serve` in a browser: node serve-browser.mjs SECSITE NODE_MODULES [CHROMIUM]
// An advisory is edited, broken and mended, and a style sheet changed; nobody clicks. Prints "skipped: …" where there is
// no browser to drive, and exits with 1 where something does not hold.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [secsite, modules, browserPath = '/usr/bin/chromium'] = process.argv.slice(2)
const skip = (why) => { console.log(`skipped: ${why}`); process.exit(0) }
if (!existsSync(browserPath)) skip(`there is no ${browserPath}`)
let chromium
try {
  ({ chromium } = createRequire(resolve(modules, 'package.json'))('playwright-core'))
} catch {
  skip('there is no playwright-core')
}

const root = mkdtempSync(join(tmpdir(), 'secsite-serve-'))
const write = (path, text) => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}
const advisory = (title, severity = 'high') => `+++
id = "EXAMPLE-2026-0001"
title = "${title}"
published = 2026-03-20
severity = "${severity}"

[[affected]]
product = "core"
versions = [{ introduced = "1.0.0", fixed = "1.4.2" }]
+++

${'A line that makes the page long.\n\n'.repeat(80)}`
const file = 'advisories/EXAMPLE-2026-0001.md'
const sheet = 'themes/default/static/custom.css'
write('policy.toml', `[site]
base_url = "https://security.example.org/"

[policy]
reviewed = 2026-11-01

[project]
name = "Example"

[[product]]
id   = "core"
name = "Example Core"

[[contact]]
kind    = "email"
address = "security@example.org"

[advisories]
prefix = "EXAMPLE"
`)
write(file, advisory('The first title'))
write(sheet, 'h1 { color: rgb(1, 2, 3) }')

const server = spawn(secsite, ['-r', root, 'serve', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] })
let said = ''
const address = await new Promise((found) => server.stderr.on('data', (text) => {
  said += text
  const match = /serving http:\/\/127\.0\.0\.1:(\d+)/.exec(said)
  if (match) found(`http://localhost:${match[1]}`)
}))

const holds = (is, what) => {
  if (!is) throw new Error(what)
  console.log(`holds: ${what}`)
}
const flags = ['--no-sandbox', '--disable-gpu', '--no-proxy-server', '--disable-background-networking', '--disable-sync']
const browser = await chromium.launch({ executablePath: browserPath, args: flags })
let failed = 0
try {
  const page = await browser.newPage()
  const complaints = []
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()) })
  page.on('pageerror', (error) => complaints.push(String(error)))
  // Asked over and over from outside: what waits within a page needs `eval`, which the page's policy forbids.
  const until = async (asks, word) => {
    for (let left = 300; left > 0; left--) {
      // A page that loads itself again at this very moment cannot be asked.
      if (await page.evaluate(asks, word).catch(() => false)) return
      await page.waitForTimeout(20)
    }
    throw new Error(`never: ${asks}, ${word}`)
  }
  const title = (words) => until((words) => document.querySelector('h1').textContent === words, words)
  const corner = () => page.locator('secsite-serve .corner')
  const errors = () => page.locator('secsite-serve .sheet')

  await page.goto(`${address}/advisories/EXAMPLE-2026-0001/`)
  await title('The first title')
  await corner().waitFor()
  holds(await errors().count() === 0, 'a sound site has no sheet over it')

  await page.evaluate(() => scrollTo(0, 900))
  await until(() => scrollY === 900)
  const began = Date.now()
  write(file, advisory('The second title'))
  await title('The second title')
  holds(true, `an edited advisory shows without a click (${Date.now() - began} ms)`)
  await until(() => scrollY === 900)
  holds(true, 'after it loaded itself again, the page stands where it stood')

  write(file, advisory('The third title', '<b>bad</b>'))
  await errors().waitFor()
  holds((await errors().textContent()).includes('advisories/EXAMPLE-2026-0001.md:5:12'), 'a mistake is told with file, line and column')
  holds(await errors().locator('b').count() === 0, 'what the mistake quotes is text')
  holds(await page.locator('h1').first().textContent() === 'The second title', 'the last good page lies below it')
  await page.locator('secsite-serve .hide').click()
  await errors().waitFor({ state: 'hidden' })
  await page.locator('secsite-serve .show').click()
  await errors().waitFor()
  write(file, advisory('The third title'))
  await title('The third title')
  await errors().waitFor({ state: 'detached' })
  holds(true, 'mended, it goes')

  await page.evaluate(() => { scrollTo(0, 700); globalThis.kept = true })
  await until(() => scrollY === 700)
  write(sheet, 'h1 { color: rgb(4, 5, 6) }')
  await until(() => getComputedStyle(document.querySelector('h1')).color === 'rgb(4, 5, 6)')
  const stands = await page.evaluate(() => [scrollY, globalThis.kept])
  holds(stands[0] === 700 && stands[1] === true, 'a style sheet is swapped without loading the page, which stands where it stood')

  await page.goto(`${address}/-/secsite/`)
  await until(() => document.body.textContent.includes('Not published yet'))
  holds(complaints.length === 0, `the browser has nothing to complain about ${complaints.join(' · ')}`)
} catch (error) {
  failed = 1
  console.error(`fails: ${error.message}\n${said}`)
} finally {
  await browser.close()
  server.kill()
  rmSync(root, { recursive: true, force: true })
}
process.exit(failed)
