import { useEffect, useState, type ReactNode } from 'react'
import { useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'
import { Button } from './button.tsx'

export interface CopyButtonProps {
  readonly text: string
  /** What is copied, for who does not see what it stands beside. */
  readonly label: string
  /** What the button says; that it copies, unless said. */
  readonly children?: ReactNode
}

/** Puts text on the clipboard, and says for a moment that it is there, or that it is not. */
export function CopyButton({ text, label, children }: CopyButtonProps) {
  const say = useMessages(messages)
  const [outcome, setOutcome] = useState<'copied' | 'notCopied'>()
  useEffect(() => {
    if (outcome === undefined) return undefined
    const timer = setTimeout(() => setOutcome(undefined), 2000)
    return () => clearTimeout(timer)
  }, [outcome])
  return (
    <Button
      aria-label={outcome === undefined ? label : say(outcome)}
      onPress={() => {
        void copy(text).then(
          () => setOutcome('copied'),
          () => setOutcome('notCopied'),
        )
      }}
    >
      {outcome === undefined ? (children ?? say('copy')) : say(outcome)}
    </Button>
  )
}

/** Browsers give the clipboard to pages of this machine or https only; a phone on the network is neither. */
async function copy(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (!isCopied) throw new Error('The browser does not copy.')
}
