/** For contexts that run a script: the bundle makes a global `program`. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [manifest, bundle, settings] = process.argv.slice(2)
const { EdgeVM } = createRequire(manifest)('@edge-runtime/vm')
const vm = new EdgeVM()
vm.evaluate(readFileSync(bundle, 'utf8'))
console.log(await vm.evaluate(`program.useClient(${settings}).then(JSON.stringify)`))
