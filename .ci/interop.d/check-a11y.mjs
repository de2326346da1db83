#!/usr/bin/env node
// Accessibility: axe-core on every page, in the light and the dark scheme, wide and narrow.
// Also: no sideways scrolling at 320 px, a visible focus on the first link, text readable with JavaScript off.
// usage: node check-a11y.mjs SITE_DIR [BASE_URL]     (A11Y_MAX_PAGES=40 limits the run)
//
// A mended copy of ../shared/interop/check-a11y.mjs, which ends with an exception on a page that redirects by
// <meta http-equiv="refresh">. And A11Y_MAX_PAGES takes pages evenly from the whole list, whose first are all of one kind.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contextOptions, inside, open, pages, require, site } from './lib/browser.mjs'

const where = site(process.argv.slice(2))
inside(where, fileURLToPath(import.meta.url))
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
// A page that leads on by itself (<meta http-equiv="refresh">) is left before it can be looked at: it is judged by where it
// leads, and its text with the others.
const staying = ({ file }) => !/<meta\s[^>]*http-equiv=["']?refresh/i.test(readFileSync(join(where.dir, file), 'utf8'))
const all = pages(where).filter(staying)
const most = Number(process.env.A11Y_MAX_PAGES ?? 200)
const list = all.filter((_, i) => Math.floor((i * most) / all.length) !== Math.floor(((i - 1) * most) / all.length))
const browser = await open()
let bad = 0
const fail = (text) => { bad++; console.error(`FAIL: ${text}`) }

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 320]) {
    const context = await browser.newContext({ ...contextOptions, colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    for (const { file, url } of list) {
      const at = `${file} (${colorScheme}, ${width}px)`
      await page.goto(url, { waitUntil: 'load' })
      await page.evaluate(axe)
      const result = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), RULES)
      for (const v of result.violations) {
        for (const n of v.nodes.slice(0, 5)) fail(`${at}: ${v.id} (${v.impact}): ${v.help}: ${n.target.join(' ')}: ${n.failureSummary?.replace(/\s+/g, ' ').slice(0, 300)}`)
      }
      const extra = await page.evaluate(() => ({
        sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        background: getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor,
        text: document.body.innerText.trim().length,
      }))
      if (width === 320 && extra.sideways > 1) fail(`${at}: scrolls sideways by ${extra.sideways}px`)
      if (!extra.text) fail(`${at}: no visible text`)
      if (width === 1280 && colorScheme === 'light') {
        await page.keyboard.press('Tab')
        const focus = await page.evaluate(() => {
          const e = document.activeElement
          if (!e || e === document.body) return 'nothing takes the focus'
          const s = getComputedStyle(e)
          return s.outlineStyle === 'none' && s.boxShadow === 'none' ? 'no visible focus' : null
        })
        if (focus) fail(`${at}: first Tab: ${focus}`)
      }
    }
    await context.close()
  }
}
// The two schemes must differ, and the text must be there without JavaScript.
const seen = {}
for (const colorScheme of ['light', 'dark']) {
  const context = await browser.newContext({ ...contextOptions, colorScheme, javaScriptEnabled: true })
  const page = await context.newPage()
  await page.goto(list[0].url)
  seen[colorScheme] = await page.evaluate(() => [document.documentElement, document.body].map((e) => getComputedStyle(e).backgroundColor).join())
  await context.close()
}
if (seen.light === seen.dark) fail(`${list[0].file}: same background in the light and the dark scheme (${seen.light})`)
const plain = await browser.newContext({ ...contextOptions, javaScriptEnabled: false })
const page = await plain.newPage()
for (const { file, url } of list) {
  await page.goto(url)
  if (!(await page.locator('main').innerText().catch(() => '')).trim()) fail(`${file}: no text in <main> with JavaScript off`)
}
await browser.close()
if (!list.length) fail('no page')
if (!bad) console.log(`ok: ${list.length} pages, axe-core in 2 colour schemes and 2 widths`)
process.exit(bad ? 1 : 0)
