/** For runtimes that run a module as a program. */
import { useClient } from './use-client.js'

console.log(JSON.stringify(await useClient(JSON.parse(process.argv[2]))))
