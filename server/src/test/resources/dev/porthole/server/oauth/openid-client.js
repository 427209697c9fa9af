// Every grant with openid-client, as its documentation shows it.
import * as client from 'openid-client'
import { ask, say } from './person.js'

const [issuer, clientId, redirectUri] = process.argv.slice(2)
const scope = 'openid profile api offline_access'
const config = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
  execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
})

const verifier = client.randomPKCECodeVerifier()
const state = client.randomState()
const nonce = client.randomNonce()
const authorize = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope,
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
})
const back = new URL(await ask('browse', authorize.href))
const tokens = await client.authorizationCodeGrant(config, back, {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
  idTokenExpected: true,
})
say('signed in', tokens.claims().name)
const info = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
say('user', info.name)
const me = await client.fetchProtectedResource(config, tokens.access_token, new URL('/api/v1/me', issuer), 'GET')
say('api', me.status)

const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token)
say('refreshed', refreshed.refresh_token !== tokens.refresh_token)

const device = await client.initiateDeviceAuthorization(config, { scope })
await ask('approve', device.verification_uri_complete)
const onDevice = await client.pollDeviceAuthorizationGrant(config, device)
say('device', onDevice.claims().name)

await client.tokenRevocation(config, refreshed.refresh_token)
await client.refreshTokenGrant(config, refreshed.refresh_token).then(
  () => say('revoked', 'not'),
  (refused) => say('revoked', refused.error),
)
const signOut = client.buildEndSessionUrl(config, {
  id_token_hint: onDevice.id_token,
  post_logout_redirect_uri: redirectUri,
  state: 'bye',
})
say('signed out', await ask('browse', signOut.href))
process.exit(0)
