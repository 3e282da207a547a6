import { fileURLToPath } from 'node:url'
import { requestLines } from '@clipflight/control/request-lines'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { LANGUAGES } from './src/language/messages.ts'

const page = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** The lines of requests come from schemas, which pages do without: 20 kB of them, gzipped (measured). */
const requestLinesAsData: Plugin = {
  name: 'request lines as data',
  load: (id) =>
    id.endsWith('/control/src/request-lines.ts')
      ? `export const requestLines = JSON.parse(${JSON.stringify(JSON.stringify(requestLines))})`
      : undefined,
}

/** What the script of a page loads by itself is on its way with that script, and not only once it runs. */
const loadedFromTheStart: Plugin = {
  name: 'loaded from the start',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {}, chunk }) {
      const chunkOf = (name: string) => (bundle[name]?.type === 'chunk' ? bundle[name] : undefined)
      const scripts = new Set(chunk?.dynamicImports)
      for (const script of scripts) for (const each of chunkOf(script)?.imports ?? []) scripts.add(each)
      // What is imported comes first in the cascade.
      const styles = [...scripts]
        .toReversed()
        .flatMap((script) => [...(chunkOf(script)?.viteMetadata?.importedCss ?? [])])
      const linkTo = (rel: string) => (name: string) => ({
        tag: 'link',
        attrs: { rel, crossorigin: true, href: `/console/${name}` },
        injectTo: 'head' as const,
      })
      return [...[...scripts].map(linkTo('modulepreload')), ...styles.map(linkTo('stylesheet'))].filter(
        ({ attrs: { href } }) => !html.includes(href),
      )
    },
  },
}

/** Two pages: the console behind a session, and what a tester's link opens, which shares nothing with it but its looks. */
// oxlint-disable-next-line import/no-default-export -- Vite asks for it.
export default defineConfig({
  root: page('.'),
  base: '/console/',
  // React Aria speaks 34 languages, and the page those of its own.
  plugins: [optimizeLocales.vite({ locales: Object.keys(LANGUAGES) }), react(), requestLinesAsData, loadedFromTheStart],
  resolve: { conditions: ['clipflight-source', 'module', 'browser', 'production', 'import'] },
  build: {
    outDir: page('../server/dist/console-assets'),
    emptyOutDir: true,
    license: { fileName: 'LICENSES.md' },
    target: 'es2023',
    // A page without inlined files needs no `data:` in its policy.
    assetsInlineLimit: 0,
    // Inline scripts are refused by the policy, and browsers that need this one are too old for the rest.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: page('index.html'), tester: page('tester.html') },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            // Nearly every page has all of it, and in one file it takes 1 kB less than in six, gzipped (measured).
            { name: 'query', test: /node_modules.@tanstack.(?:query-core|react-query)./ },
            // Each page of a build has these, the second that of testers too: two requests take less time than ten.
            {
              name: 'build',
              test: /console.src.(?:app.tabs|builds.(?:build-page|build-state|messages|use-build-name)|ui.badge|language.plural-in)\./,
            },
            { name: 'parts', test: /console.src.(?:ui.(?:copy-button|empty-state|monogram)|language.locale-name)\./ },
          ],
        },
      },
    },
  },
})
