// An OpenID Connect provider that others wrote, with a person in front of it who signs in and says yes to everything.
import { generateKeyPairSync } from 'node:crypto'
import http from 'node:http'
import { Provider, interactionPolicy } from 'oidc-provider'

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
const policy = interactionPolicy.base()
policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)

let handle = (request, response) => response.writeHead(503).end()
const server = http.createServer((request, response) => handle(request, response))
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://localhost:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'porthole-desktop',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/callback'],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...key, kid: 'k1', use: 'sig', alg: 'ES256' }] },
    cookies: { keys: ['a key of this test'] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    features: {
      devInteractions: { enabled: false },
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
    },
    findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, name: 'Ada', email: 'ada@example.com' }) }),
    interactions: { policy, url: (context, interaction) => `/interaction/${interaction.uid}` },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    pkce: { required: () => true },
  })
  const answer = provider.callback()
  handle = (request, response) =>
    request.url.startsWith('/interaction/') ? interact(provider, request, response) : answer(request, response)
  console.log(`issuer ${issuer}`)
})

async function interact(provider, request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  const result = { [prompt.name]: {} }
  if (prompt.name === 'login') {
    result.login = { accountId: 'ada' }
  } else if (prompt.name === 'consent') {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
    grant.addOIDCScope('openid profile email offline_access')
    result.consent = { grantId: await grant.save() }
  }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true })
}
