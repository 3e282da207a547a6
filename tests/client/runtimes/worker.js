/** For workerd, which calls every `test` that is exported, and exits. */
import { useClient } from './use-client.js'

export const printReport = {
  async test(_, { settings }) {
    console.log(JSON.stringify(await useClient(settings)))
  },
}
