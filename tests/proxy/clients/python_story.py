# The story once with urllib and once with requests, as the argument says. The token comes in TOKEN: the standard
# library signs none.
import json
import os
import sys

APPLE = "https://api.appstoreconnect.apple.com"
HEADERS = {"Authorization": "Bearer " + os.environ["TOKEN"], "Content-Type": "application/json"}


def send_urllib(method, url, body):
    from urllib.request import Request, urlopen

    with urlopen(Request(url, method=method, headers=HEADERS, data=body and body.encode())) as answer:
        return answer.read().decode()


def send_requests(method, url, body):
    import requests

    answer = requests.request(method, url, headers=HEADERS, data=body)
    answer.raise_for_status()
    return answer.text


SEND = {"urllib": send_urllib, "requests": send_requests}[sys.argv[1]]


def call(method, path, body=None):
    url = path if path.startswith("https:") else APPLE + "/v1/" + path
    text = SEND(method, url, body and json.dumps(body))
    return json.loads(text) if text else None


app = call("GET", "apps?filter%5BbundleId%5D=com.example.coffee")["data"][0]
newest = call("GET", "builds?filter%5Bapp%5D=" + app["id"] + "&sort=-uploadedDate&include=buildBundles&limit=1")
bundle = next(each for each in newest["included"] if each["attributes"]["bundleType"] == "APP_CLIP")
TITLES = "betaAppClipInvocationLocalizations"
created = call(
    "POST",
    "betaAppClipInvocations",
    {
        "data": {
            "type": "betaAppClipInvocations",
            "attributes": {"url": "https://coffee.example.com/gift"},
            "relationships": {
                "buildBundle": {"data": {"type": "buildBundles", "id": bundle["id"]}},
                TITLES: {"data": [{"type": TITLES, "id": "${en}"}]},
            },
        },
        "included": [{"type": TITLES, "id": "${en}", "attributes": {"locale": "en-US", "title": "Send a gift"}}],
    },
)["data"]


def invocations():
    found, path = [], "buildBundles/" + bundle["id"] + "/betaAppClipInvocations?limit=1&include=" + TITLES
    while path:
        page = call("GET", path)
        found += page["data"]
        path = page["links"].get("next")
    return found


before = next(each for each in invocations() if each["id"] == created["id"])
title = before["relationships"][TITLES]["data"][0]
retitled = call(
    "PATCH", TITLES + "/" + title["id"], {"data": {**title, "attributes": {"title": "Give a coffee"}}}
)["data"]
own = "betaAppClipInvocations/" + created["id"]
moved = call(
    "PATCH",
    own,
    {
        "data": {
            "type": "betaAppClipInvocations",
            "id": created["id"],
            "attributes": {"url": "https://coffee.example.com/present"},
        }
    },
)["data"]
listed = [each["attributes"]["url"] for each in invocations()]
call("DELETE", own)
print(
    json.dumps(
        {
            "created": created["attributes"]["url"],
            "title": retitled["attributes"]["title"],
            "url": moved["attributes"]["url"],
            "listed": listed,
            "left": [each["attributes"]["url"] for each in invocations()],
        }
    )
)
