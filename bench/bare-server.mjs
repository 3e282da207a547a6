/**
 * The baseline: one Fastify route that sends a ready string, the bytes of the file named. JavaScript: Node takes 15 MB more
 * to run a file of types.
 */
import { readFileSync } from 'node:fs'
import { fastify } from 'fastify'

const [, , file = ''] = process.argv
const body = readFileSync(file, 'utf8')

const server = fastify()
server.get('/v1/betaAppClipInvocations/:id', (_request, reply) => {
  reply.header('content-type', 'application/json')
  reply.send(body)
})
process.once('SIGTERM', () => void server.close())
process.stdout.write(`${await server.listen({ host: '127.0.0.1', port: 0 })}\n`)
