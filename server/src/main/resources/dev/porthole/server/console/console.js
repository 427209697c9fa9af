// What the console does better with script: copying, times of the reader's own zone, and pages that follow their project.
// Every page works without it.
'use strict'

/** Says something to whoever can't see the page change. */
function say(text) {
  document.getElementById('news').textContent = text
}

/** Lights up what only works with script, below a node. */
function liven(root) {
  for (const button of root.querySelectorAll('[data-copy]')) {
    button.hidden = false
  }
  for (const time of root.querySelectorAll('time')) {
    const at = new Date(time.dateTime)
    time.title = time.textContent
    time.textContent = at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  }
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy)
  } catch {
    copyBySelection(button.dataset.copy)
  }
  button.classList.add('copied')
  button.setAttribute('title', 'Copied')
  say('Copied')
}

/** For pages on plain http, where browsers give no clipboard. */
function copyBySelection(text) {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'unseen'
  document.body.append(field)
  const before = document.activeElement
  field.select()
  document.execCommand('copy')
  field.remove()
  before?.focus()
}

/** Name and state of all that has one. */
function states(root) {
  const found = new Map()
  for (const thing of root.querySelectorAll('[data-state]')) {
    found.set(thing.id, { name: thing.dataset.name, state: thing.dataset.state })
  }
  return found
}

/** Puts the page's live parts in the place of the shown ones; what is open and focused stays so. */
function replace(page) {
  const before = states(document)
  for (const shown of document.querySelectorAll('[data-live]')) {
    const fresh = page.getElementById(shown.id)
    if (!fresh) {
      continue
    }
    const focused = shown.contains(document.activeElement) ? document.activeElement.id : ''
    for (const open of shown.querySelectorAll('details[open][id]')) {
      fresh.querySelector('#' + open.id)?.setAttribute('open', '')
    }
    shown.replaceWith(document.adoptNode(fresh))
    liven(fresh)
    if (focused) {
      document.getElementById(focused)?.focus()
    }
  }
  const news = []
  for (const [id, now] of states(document)) {
    if (before.get(id)?.state !== now.state) {
      news.push(now.name + ': ' + now.state)
    }
  }
  if (news.length > 0) {
    say(news.join(', '))
  }
}

let asking = false
let again = false

/** Asks for the page anew; news that comes meanwhile makes it ask once more. */
async function refresh() {
  if (asking) {
    again = true
    return
  }
  asking = true
  do {
    again = false
    try {
      const answer = await fetch(location.href, { cache: 'no-store', redirect: 'error' })
      if (answer.status === 401) {
        location.reload()
        return
      }
      if (answer.ok) {
        replace(new DOMParser().parseFromString(await answer.text(), 'text/html'))
      }
    } catch {
      // The server is away. Its event stream comes back by itself, and asks again.
    }
  } while (again)
  asking = false
}

function follow(address) {
  const events = new EventSource(address)
  let wasAway = false
  const kinds = ['tunnel.created', 'tunnel.updated', 'tunnel.deleted', 'connector.created', 'connector.updated',
    'connector.deleted']
  for (const kind of kinds) {
    events.addEventListener(kind, refresh)
  }
  events.onopen = () => {
    if (wasAway) {
      refresh()
    }
    wasAway = false
  }
  events.onerror = () => { wasAway = true }
  addEventListener('pagehide', () => events.close())
}

document.addEventListener('click', event => {
  const button = event.target.closest('[data-copy]')
  if (button) {
    copy(button)
  }
  const menu = document.getElementById('switcher')
  if (menu?.open && !menu.contains(event.target)) {
    menu.open = false
  }
})

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') {
    return
  }
  const menu = document.getElementById('switcher')
  if (menu?.open) {
    menu.open = false
    menu.querySelector('summary').focus()
  } else {
    document.querySelector('[data-cancel]')?.click()
  }
})

/** Of buttons that say so: what was pressed says what it waits for, and its neighbours wait with it. */
function beBusy(pressed) {
  if (!pressed?.dataset.busy) {
    return
  }
  const all = [...pressed.closest('.actions, .answers').querySelectorAll('[data-busy]')]
  const text = pressed.textContent
  const be = (busy) => {
    for (const button of all) {
      button.disabled = busy
    }
    pressed.textContent = busy ? pressed.dataset.busy : text
  }
  // A button that is disabled before its form goes off takes the form with it.
  setTimeout(() => be(true))
  setTimeout(() => be(false), 5000)
  addEventListener('pageshow', () => be(false), { once: true })
}

// A form is sent once, however often it is clicked.
document.addEventListener('submit', event => {
  const form = event.target
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = 'yes'
  beBusy(event.submitter)
  // Who stops the browser's waiting may send it again.
  setTimeout(() => { delete form.dataset.sent }, 5000)
})
addEventListener('pageshow', () => {
  for (const form of document.forms) {
    delete form.dataset.sent
  }
})

liven(document)
if (new URLSearchParams(location.search).has('said')) {
  const clean = new URL(location.href)
  clean.searchParams.delete('said')
  history.replaceState(null, '', clean)
}
if (document.body.dataset.follows) {
  follow(document.body.dataset.follows)
}
