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

/** Puts text on the clipboard, and says for a moment that it is there. */
export function CopyButton({ text, label, children }: CopyButtonProps) {
  const say = useMessages(messages)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <Button
      aria-label={isCopied ? say('copied') : label}
      onPress={() => {
        void copy(text).then(() => setCopied(true))
      }}
    >
      {isCopied ? say('copied') : (children ?? say('copy'))}
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
  document.execCommand('copy')
  area.remove()
}
