import { useEffect, useState } from 'react'
import { useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'

const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]

const STORED = 'clipflight-theme'
const NAMES = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const

/** Shows the page as it was chosen to be shown. To be called before anything is drawn. */
export function applyTheme(theme: Theme = storedTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

function storedTheme(): Theme {
  const stored = localStorage.getItem(STORED)
  return THEMES.find((theme) => theme === stored) ?? 'system'
}

/** Light, dark, or as the system has it. */
export function ThemeChoice() {
  const say = useMessages(messages)
  const [theme, setTheme] = useState(storedTheme)
  useEffect(() => applyTheme(theme), [theme])
  return (
    <label>
      {say('theme')}{' '}
      <select
        value={theme}
        onChange={({ target: { value } }) => {
          const chosen = THEMES.find((each) => each === value) ?? 'system'
          localStorage.setItem(STORED, chosen)
          setTheme(chosen)
        }}
      >
        {THEMES.map((each) => (
          <option key={each} value={each}>
            {say(NAMES[each])}
          </option>
        ))}
      </select>
    </label>
  )
}
