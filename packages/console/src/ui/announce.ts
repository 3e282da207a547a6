/** What is read out is forgotten after this long, so that nobody comes upon it later. Milliseconds. */
const REMEMBERED = 7000

let region: HTMLElement | undefined
let forgetting: ReturnType<typeof setTimeout> | undefined

/** Has a text read out that shows elsewhere, or where its place is about to go. Works while a dialog is open too. */
export function announce(text: string): void {
  const isNew = region === undefined
  region ??= makeRegion()
  const place = region
  clearTimeout(forgetting)
  // Screen readers read what changes in a region that they know.
  setTimeout(() => (place.textContent = text), isNew ? 100 : 0)
  forgetting = setTimeout(() => (place.textContent = ''), REMEMBERED)
}

function makeRegion(): HTMLElement {
  const made = document.createElement('div')
  made.setAttribute('role', 'status')
  made.className = 'visually-hidden'
  // React Aria hides all that is behind a dialog but this.
  made.dataset['liveAnnouncer'] = 'true'
  document.body.append(made)
  return made
}
