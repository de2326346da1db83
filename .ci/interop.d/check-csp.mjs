#!/usr/bin/env node
// Content Security Policy and privacy: each page carries a strict policy in a <meta> (GitHub Pages sends
// no headers), breaks it nowhere, loads nothing from another host and sets no cookie.
// usage: node check-csp.mjs SITE_DIR [BASE_URL]     (CSP_MAX_PAGES=200 limits what is opened in the browser)
//
// A copy of ../shared/interop/check-csp.mjs that differs in one thing: the text of every page is judged, but of a large
// site only a sample, taken evenly, is opened in the browser, which takes half a second a page.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contextOptions, inside, open, pages, site } from './lib/browser.mjs'

const where = site(process.argv.slice(2))
inside(where, fileURLToPath(import.meta.url))
const list = pages(where)
const browser = await open()
let bad = 0
const fail = (text) => { bad++; console.error(`FAIL: ${text}`) }

for (const { file } of list) {
  const html = readFileSync(join(where.dir, file), 'utf8')
  const meta = /<meta\s[^>]*http-equiv=["']?content-security-policy["']?[^>]*>/i.exec(html)
  const policy = meta && /content=(?:"([^"]*)"|'([^']*)')/i.exec(meta[0])?.slice(1).find((x) => x !== undefined)
  if (!policy) { fail(`${file}: no Content-Security-Policy meta element`); continue }
  const active = html.search(/<(script|style|link\s[^>]*stylesheet|img|iframe|object)/i)
  if (active !== -1 && active < meta.index) fail(`${file}: the policy comes after the first resource`)
  const d = Object.fromEntries(policy.replaceAll('&#39;', "'").replaceAll('&apos;', "'").split(';').map((p) => p.trim().split(/\s+/)).filter((p) => p[0]).map(([k, ...v]) => [k.toLowerCase(), v]))
  if (d['default-src']?.join() !== "'none'") fail(`${file}: default-src is ${d['default-src']?.join(' ') ?? 'missing'}, not 'none'`)
  for (const k of ['base-uri', 'form-action']) if (!d[k]) fail(`${file}: no ${k} (default-src does not cover it)`)
  for (const [k, v] of Object.entries(d)) {
    for (const source of v) {
      if (/^'unsafe-|^\*$|^data:$|^https?:$|^blob:$/.test(source) && !(k === 'img-src' && source === 'data:')) fail(`${file}: ${k} allows ${source}`)
      if (/^https?:\/\/|^[a-z0-9*.-]+\.[a-z]+/.test(source)) fail(`${file}: ${k} allows another host: ${source}`)
    }
  }
  for (const k of ['frame-ancestors', 'report-uri', 'sandbox']) if (d[k]) fail(`${file}: ${k} has no effect in a meta element`)
  if (/\son[a-z]+\s*=\s*["']/i.test(html.replace(/<(code|pre)[\s\S]*?<\/\1>/gi, ''))) fail(`${file}: inline event handler`)
}

const context = await browser.newContext(contextOptions)
await context.addInitScript(() => {
  globalThis.__broken = []
  document.addEventListener('securitypolicyviolation', (e) => globalThis.__broken.push(`${e.violatedDirective}: ${e.blockedURI || 'inline'} line ${e.lineNumber}`))
})
const host = new URL(where.base).host
const most = Number(process.env.CSP_MAX_PAGES ?? list.length)
// A page that leads on by itself (<meta http-equiv="refresh">) is left before it can be looked at: it is judged by where it
// leads, and its text with the others.
const staying = ({ file }) => !/<meta\s[^>]*http-equiv=["']?refresh/i.test(readFileSync(join(where.dir, file), 'utf8'))
const stay = list.filter(staying)
const sample = stay.filter((_, i) => Math.floor((i * most) / stay.length) !== Math.floor(((i - 1) * most) / stay.length))
for (const { file, url } of sample) {
  const page = await context.newPage()
  page.on('request', (r) => { const u = new URL(r.url()); if (u.protocol.startsWith('http') && u.host !== host) fail(`${file}: asks ${u.host} for ${u.pathname}`) })
  page.on('response', (r) => { if (r.status() >= 400 && !(file === '404.html' && r.url() === url) && !r.url().endsWith('/favicon.ico')) fail(`${file}: ${r.status()} ${r.url()}`) })
  page.on('console', (m) => { if (m.type() === 'error' && !/favicon\.ico/.test(m.location().url)) fail(`${file}: console: ${m.text()}`) })
  page.on('pageerror', (e) => fail(`${file}: script error: ${e.message}`))
  await page.goto(url, { waitUntil: 'networkidle' })
  for (const text of await page.evaluate(() => globalThis.__broken)) fail(`${file}: policy violation: ${text}`)
  await page.close()
}
const cookies = await context.cookies()
if (cookies.length) fail(`cookies: ${cookies.map((c) => c.name)}`)
await browser.close()
if (!list.length) fail('no page')
if (!bad) console.log(`ok: ${list.length} pages have a strict Content Security Policy, ${sample.length} keep it in the browser`)
process.exit(bad ? 1 : 0)
