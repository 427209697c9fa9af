import { heading } from './heading.js'

const show = text => { document.querySelector('h1').textContent = text }
show(heading)
if (import.meta.hot) {
  import.meta.hot.accept('./heading.js', changed => show(changed.heading))
}
