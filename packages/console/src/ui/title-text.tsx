/** A title as testers read it, in its own language and direction. */
export function TitleText({ locale, children }: { readonly locale: string; readonly children: string }) {
  return (
    <bdi lang={locale} dir="auto">
      {children}
    </bdi>
  )
}
