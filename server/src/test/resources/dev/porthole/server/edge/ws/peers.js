// A WebSocket server and its visitor. Prints the server's port, reads the edge's port, and says what the visitor saw.
import { WebSocket, WebSocketServer } from 'ws'
import { createInterface } from 'node:readline'
import { once } from 'node:events'

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: { threshold: 0 },
  handleProtocols: (offered) => (offered.has('superchat') ? 'superchat' : false),
  verifyClient: ({ req }) => req.url !== '/refused',
})
await once(server, 'listening')
server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => {
    if (!isBinary && data.toString() === 'hang up') socket.close(4001, 'as you wish')
    else socket.send(data, { binary: isBinary })
  })
  socket.on('close', (code, reason) => console.log(`server closed ${code} ${reason}`))
})
console.log(`port ${server.address().port}`)

const [edge] = await once(createInterface({ input: process.stdin }), 'line')
const open = (path) =>
  new WebSocket(`ws://127.0.0.1:${edge}${path}`, ['chat', 'superchat'], {
    headers: { Host: 'app.localhost' },
    perMessageDeflate: { threshold: 0 },
  })

const one = open('/chat?room=1')
await once(one, 'open')
console.log(`protocol ${one.protocol}`)
console.log(`extensions ${one.extensions}`)

const text = 'h\u00e4llo '.repeat(50000)
one.send(text)
const [echo] = await once(one, 'message')
console.log(`text ${echo.toString() === text}`)

const bytes = Buffer.alloc(1000000, (_, at) => at * 31)
for (let at = 0; at < bytes.length; at++) bytes[at] = (at * 31 + (at >> 8)) & 0xff
one.send(bytes)
const [back, isBinary] = await once(one, 'message')
console.log(`binary ${isBinary && Buffer.compare(back, bytes) === 0}`)

one.ping('still there?')
const [pong] = await once(one, 'pong')
console.log(`pong ${pong}`)

const serverClosed = once(server.clients.values().next().value, 'close')
one.close(4321, 'enough')
const [code, reason] = await once(one, 'close')
await serverClosed
console.log(`closed ${code} ${reason}`)

const two = open('/chat')
await once(two, 'open')
two.send('hang up')
const [theirs, why] = await once(two, 'close')
console.log(`closed ${theirs} ${why}`)

const refused = open('/refused')
const [error] = await once(refused, 'error')
console.log(`refused ${error.message}`)
server.close()
process.exit(0)
