import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openApiDocument, renderCoverage } from '@clipflight/contract'
import type { FastifyInstance } from 'fastify'

/** The reference page is Swagger UI, whose files the build copies, and a file that starts it; nothing is fetched from elsewhere. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'start.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clipflight: API reference</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<p id="who" class="swagger-ui wrapper"></p>
<div id="reference"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script type="module" src="/docs/start.js"></script>
</body>
</html>
`

const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const WITH_HEAD = { exposeHeadRoute: true }

async function readAsset(name: string): Promise<string | Buffer> {
  return readFile(fileURLToPath(import.meta.resolve(`#docs-assets/${name}`)))
}

/** `/openapi.json`, the reference page at `/docs`, and the coverage page at `/docs/coverage`. No key needed. */
export function serveDocs(
  server: FastifyInstance,
  { publicUrl, homePage = '/docs' }: { readonly publicUrl?: string; readonly homePage?: string },
): void {
  let document: string | undefined
  server.get('/openapi.json', WITH_HEAD, (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(publicUrl === undefined ? {} : { serverUrl: publicUrl }))
    reply.type('application/json').send(document)
  })
  server.get('/docs', WITH_HEAD, (_request, reply) => {
    reply.type('text/html; charset=utf-8').header('content-security-policy', CONTENT_SECURITY_POLICY).send(PAGE)
  })
  server.get('/docs/coverage', WITH_HEAD, (_request, reply) => {
    reply.type('text/markdown; charset=utf-8').send(renderCoverage())
  })
  server.get('/', WITH_HEAD, (_request, reply) => reply.redirect(homePage))
  for (const [name, type] of Object.entries(ASSETS)) {
    server.get(`/docs/${name}`, WITH_HEAD, async (_request, reply) => {
      reply.type(type).header('cache-control', 'public, max-age=3600')
      return readAsset(name)
    })
  }
}
