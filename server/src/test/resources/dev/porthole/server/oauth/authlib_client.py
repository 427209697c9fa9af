"""Every grant with authlib, as its documentation shows it."""
import sys
import time

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, jwt
from authlib.oidc.core import CodeIDToken

issuer, client_id, redirect_uri = sys.argv[1:4]
SCOPE = "openid profile api offline_access"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


def say(*words):
    print(*words, flush=True)


def ask(what, address):
    say(what, address)
    return sys.stdin.readline().strip()


server = requests.get(issuer + "/.well-known/openid-configuration", timeout=30).json()
session = OAuth2Session(
    client_id,
    scope=SCOPE,
    redirect_uri=redirect_uri,
    token_endpoint_auth_method="none",
    code_challenge_method="S256",
)


def checked(token, nonce):
    keys = JsonWebKey.import_key_set(requests.get(server["jwks_uri"], timeout=30).json())
    claims = jwt.decode(
        token["id_token"],
        keys,
        claims_cls=CodeIDToken,
        claims_options={"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}},
        claims_params={"nonce": nonce, "client_id": client_id, "access_token": token["access_token"]},
    )
    claims.validate(leeway=60)
    return claims


verifier = generate_token(48)
nonce = generate_token(20)
address, state = session.create_authorization_url(
    server["authorization_endpoint"], code_verifier=verifier, nonce=nonce
)
back = ask("browse", address)
token = session.fetch_token(
    server["token_endpoint"], authorization_response=back, state=state, code_verifier=verifier
)
say("signed in", checked(token, nonce)["name"])
say("user", session.get(server["userinfo_endpoint"], timeout=30).json()["name"])
say("api", session.get(issuer + "/api/v1/me", timeout=30).status_code)

refreshed = session.refresh_token(server["token_endpoint"], refresh_token=token["refresh_token"])
say("refreshed", str(refreshed["refresh_token"] != token["refresh_token"]).lower())

device = requests.post(
    server["device_authorization_endpoint"], data={"client_id": client_id, "scope": SCOPE}, timeout=30
).json()


def poll():
    return session.fetch_token(server["token_endpoint"], grant_type=DEVICE, device_code=device["device_code"])


try:
    poll()
except OAuthError as refused:
    say("poll", refused.error)
ask("approve", device["verification_uri_complete"])
time.sleep(device["interval"])
say("device", checked(poll(), None)["name"])

answer = session.revoke_token(
    server["revocation_endpoint"], token=refreshed["refresh_token"], token_type_hint="refresh_token"
)
say("revocation", answer.status_code)
try:
    session.refresh_token(server["token_endpoint"], refresh_token=refreshed["refresh_token"])
    say("revoked not")
except OAuthError as refused:
    say("revoked", refused.error)
