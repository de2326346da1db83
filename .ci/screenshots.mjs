// Pictures of a portal: node screenshots.mjs SECSITE SITE NODE_MODULES CHROMIUM FOLDER
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { join, resolve } from 'node:path'

const [secsite, site, modules, executablePath, folder] = process.argv.slice(2)
const { chromium } = createRequire(resolve(modules, 'package.json'))('playwright-core')
const draft = readdirSync(join(site, 'advisories'))[0].replace(/\.md$/, '')

// `secsite serve` with these flags, and its address.
const serve = async (...flags) => {
  const child = spawn(secsite, ['--root', site, 'serve', '-p', '0', ...flags], { stdio: ['ignore', 'ignore', 'pipe'] })
  for await (const line of createInterface({ input: child.stderr })) {
    const found = line.match(/serving (http:\S+)/)
    if (found) return { child, base: found[1] }
  }
  throw new Error('secsite serve ended')
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const picture = async (name, address, height) => {
  const page = await browser.newPage({ viewport: { width: 860, height }, colorScheme: 'light' })
  await page.goto(address)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
}
const preview = await serve()
await picture('draft', `${preview.base}advisories/${draft}/`, 460)
preview.child.kill()
// Without drafts it looks as the built one does, but for the band that says preview: so the built files are shown.
const base = 'http://portal.invalid/'
const context = await browser.newContext({ viewport: { width: 860, height: 560 }, colorScheme: 'light' })
await context.route(`${base}**`, (route) => {
  const path = new URL(route.request().url()).pathname
  return route.fulfill({ path: join(site, 'public', path.endsWith('/') ? `${path}index.html` : path) })
})
for (const [name, path, height] of [['portal', '', 560], ['verify', 'verify/', 460]]) {
  const page = await context.newPage()
  await page.setViewportSize({ width: 860, height })
  await page.goto(base + path)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
}
await browser.close()
