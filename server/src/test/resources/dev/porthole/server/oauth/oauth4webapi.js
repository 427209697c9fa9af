// Every grant with oauth4webapi, request by request; it checks each answer against the standards.
import * as oauth from 'oauth4webapi'
import { ask, say } from './person.js'

const [issuer, clientId, redirectUri, resourceServer, secret] = process.argv.slice(2)
const plain = { [oauth.allowInsecureRequests]: true }
const scope = 'openid profile offline_access'
const as = await oauth
  .discoveryRequest(new URL(issuer), plain)
  .then((answer) => oauth.processDiscoveryResponse(new URL(issuer), answer))
const client = { client_id: clientId }
const none = oauth.None()

const verifier = oauth.generateRandomCodeVerifier()
const state = oauth.generateRandomState()
const nonce = oauth.generateRandomNonce()
const authorize = new URL(as.authorization_endpoint)
authorize.searchParams.set('client_id', clientId)
authorize.searchParams.set('redirect_uri', redirectUri)
authorize.searchParams.set('response_type', 'code')
authorize.searchParams.set('scope', scope)
authorize.searchParams.set('state', state)
authorize.searchParams.set('nonce', nonce)
authorize.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(verifier))
authorize.searchParams.set('code_challenge_method', 'S256')
const back = new URL(await ask('browse', authorize.href))
const parameters = oauth.validateAuthResponse(as, client, back, state)
const answer = await oauth.authorizationCodeGrantRequest(as, client, none, parameters, redirectUri, verifier, plain)
const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, {
  expectedNonce: nonce,
  requireIdToken: true,
})
await oauth.validateApplicationLevelSignature(as, answer, plain)
const claims = oauth.getValidatedIdTokenClaims(tokens)
say('signed in', claims.name)
const info = await oauth
  .userInfoRequest(as, client, tokens.access_token, plain)
  .then((response) => oauth.processUserInfoResponse(as, client, claims.sub, response))
say('user', info.name)

const introspect = () =>
  oauth
    .introspectionRequest(
      as,
      { client_id: resourceServer },
      oauth.ClientSecretBasic(secret),
      tokens.access_token,
      plain,
    )
    .then((response) => oauth.processIntrospectionResponse(as, { client_id: resourceServer }, response))
say('active', (await introspect()).active)

const refreshed = await oauth
  .refreshTokenGrantRequest(as, client, none, tokens.refresh_token, plain)
  .then((response) => oauth.processRefreshTokenResponse(as, client, response))
say('refreshed', refreshed.refresh_token !== tokens.refresh_token)

const device = await oauth
  .deviceAuthorizationRequest(as, client, none, { scope }, plain)
  .then((response) => oauth.processDeviceAuthorizationResponse(as, client, response))
const poll = () =>
  oauth
    .deviceCodeGrantRequest(as, client, none, device.device_code, plain)
    .then((response) => oauth.processDeviceCodeResponse(as, client, response))
for (const expected of ['authorization_pending', 'slow_down']) {
  await poll().catch((refused) => say('poll', refused.error === expected ? expected : refused))
}
await ask('approve', device.verification_uri_complete)
say('device', oauth.getValidatedIdTokenClaims(await poll()).name)

await oauth
  .revocationRequest(as, client, none, refreshed.refresh_token, plain)
  .then((response) => oauth.processRevocationResponse(response))
say('active', (await introspect()).active)
await oauth
  .refreshTokenGrantRequest(as, client, none, refreshed.refresh_token, plain)
  .then((response) => oauth.processRefreshTokenResponse(as, client, response))
  .then(
    () => say('revoked', 'not'),
    (refused) => say('revoked', refused.error),
  )
process.exit(0)
