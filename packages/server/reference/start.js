/**
 * Starts the reference page. Where somebody has signed in to the console, requests that are tried here are theirs: the
 * browser adds its cookie, and the header says for which team. It goes to this service only.
 */
const TEAM_HEADER = 'x-clipflight-team'

/** What the control API answers, or undefined when it does not. */
async function ask(path) {
  const answer = await fetch(`/_clipflight${path}`, { headers: { [TEAM_HEADER]: 'none' } }).catch(() => undefined)
  return answer?.ok === true ? answer.json() : undefined
}

/** The teams that requests can be about. */
async function teamsOf(session) {
  if (session.team !== null) return [{ team: session.team, name: `of key ${session.keyId}` }]
  return (await ask('/teams'))?.teams ?? []
}

function say(...content) {
  document.getElementById('who').replaceChildren(...content)
}

/** Lets the team be chosen; the address keeps it. */
function choiceOf(teams, chosen) {
  const select = document.createElement('select')
  select.ariaLabel = 'Team'
  select.append(...teams.map(({ team, name }) => new Option(`${team} ${name}`, team, false, team === chosen)))
  select.addEventListener('change', () => {
    location.search = `?team=${select.value}`
  })
  return select
}

function linkToConsole(textContent) {
  return Object.assign(document.createElement('a'), { href: '/console/', textContent })
}

async function findTeam() {
  const session = await ask('/session')
  if (session === undefined) {
    say(linkToConsole('Sign in to the console'), ' to try requests without a token, or give one with “Authorize”.')
    return undefined
  }
  const teams = await teamsOf(session)
  const wanted = Number(new URLSearchParams(location.search).get('team'))
  const { team } = teams.find((each) => each.team === wanted) ?? teams[0] ?? {}
  const back = linkToConsole('Back to the console')
  if (team === undefined) say('You are signed in, and there is no team yet. ', back)
  else say('Requests that you try here are yours, as you are signed in, for team ', choiceOf(teams, team), '. ', back)
  return team
}

const team = await findTeam()

globalThis.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  filter: true,
  requestInterceptor(request) {
    const isOurs = new URL(request.url, location.href).origin === location.origin
    const hasToken = Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization')
    if (isOurs && team !== undefined && !hasToken) request.headers[TEAM_HEADER] = String(team)
    return request
  },
})
