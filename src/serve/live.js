// Only `secsite serve` adds this to a page; no build writes it. It holds no data: what it shows, it asks for.
(() => {
  'use strict'
  const own = '/-/secsite/'
  const script = document.currentScript
  let at = script.dataset.at
  let stream = null

  // The corner and the sheet stand in a tree of their own, so that neither style reaches the other.
  const host = document.createElement('secsite-serve')
  const root = host.attachShadow({ mode: 'open' })
  const style = document.createElement('link')
  style.rel = 'stylesheet'
  style.href = own + 'live.css'
  const place = document.createElement('div')
  root.append(style, place)

  const findings = async () => {
    if (location.pathname.startsWith(own) && place.childElementCount) return location.reload()
    const page = encodeURIComponent(location.pathname)
    const answer = await fetch(own + 'overlay?page=' + page, { cache: 'no-store' })
    if (!answer.ok) return
    const html = await answer.text()
    place.innerHTML = html
    const sheet = place.querySelector('.sheet')
    const hide = place.querySelector('.hide')
    if (!sheet || !hide) return
    const key = own + 'hidden'
    sheet.hidden = sessionStorage.getItem(key) === html
    const toggle = (hidden) => {
      sheet.hidden = hidden
      if (hidden) sessionStorage.setItem(key, html)
      else sessionStorage.removeItem(key)
    }
    hide.addEventListener('click', () => toggle(true))
    place.querySelector('.show').addEventListener('click', () => toggle(!sheet.hidden))
  }

  // Each sheet is replaced once the new one is there: the page never stands unstyled, and nothing moves.
  const restyle = () => {
    for (const old of document.querySelectorAll('link[rel=stylesheet]')) {
      const link = old.cloneNode()
      link.href = old.href.split('?')[0] + '?' + at
      link.addEventListener('load', () => old.remove())
      old.after(link)
    }
  }

  const connect = () => {
    if (stream) return
    stream = new EventSource(own + 'events')
    const on = (name, act) => stream.addEventListener(name, (event) => act(event.data))
    on('hello', (data) => { if (data !== at) location.reload() })
    on('reload', (data) => { if (data !== at) location.reload() })
    on('css', (data) => { at = data; restyle() })
    on('findings', () => findings().catch(() => {}))
    on('go', (href) => { if (location.pathname !== href) location.assign(href) })
  }
  const disconnect = () => { if (stream) stream.close(); stream = null }

  // A browser holds six connections to a host: a page that nobody looks at must not keep one.
  document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()))
  addEventListener('pagehide', disconnect)
  document.documentElement.append(host)
  findings().catch(() => {})
  connect()
})()
