// The person in front of a browser is the test: it is told an address and gives a line back.
import readline from 'node:readline'

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]()

export async function ask(what, address) {
  console.log(`${what} ${address}`)
  return (await lines.next()).value
}

export function say(...words) {
  console.log(words.join(' '))
}
