import { Link, useLocation } from 'wouter'

export interface Tab {
  readonly path: string
  readonly label: string
}

/** Links to the pages that belong together; each has an address of its own. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const [location] = useLocation()
  return (
    <nav aria-label={label}>
      <ul className="tabs">
        {tabs.map((tab) => (
          <li key={tab.path}>
            <Link href={tab.path} aria-current={tab.path === location ? 'page' : undefined}>
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
