/** Stands for an app whose icon nobody has: its first letter on a colour of its own. */
export function Monogram({ name, size = 2.5 }: { readonly name: string; readonly size?: number }) {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7)
  return (
    <span
      className="monogram"
      aria-hidden="true"
      style={{
        width: `${size}rem`,
        height: `${size}rem`,
        fontSize: `${size * 0.48}rem`,
        background: `hsl(${hue} 55% 32%)`,
        color: '#fff',
      }}
    >
      {firstLetter(name)}
    </span>
  )
}

function firstLetter(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim())
  return first?.segment.toLocaleUpperCase() ?? '?'
}
