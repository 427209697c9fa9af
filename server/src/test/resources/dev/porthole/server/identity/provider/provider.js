// A third party's OpenID Connect provider. Prints its port, reads the redirect address of its one client, and serves.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import Provider from 'oidc-provider'

const server = createServer()
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address()
console.log(port)
const [redirect] = await once(createInterface({ input: process.stdin }), 'line')

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: 'porthole',
      client_secret: 'a secret of the test alone',
      redirect_uris: [redirect],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  pkce: { required: () => true },
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `Person ${id}`, email: `${id}@example.com`, email_verified: true }),
  }),
  cookies: { keys: ['of this run'] },
})
server.on('request', provider.callback())
console.log('serving')
