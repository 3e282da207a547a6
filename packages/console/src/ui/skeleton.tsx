/** Takes the room of what is on its way, so that nothing moves when it comes. Heights in rem. */
export function Skeleton({ height, label }: { readonly height: number; readonly label: string }) {
  return (
    <div role="status">
      <span className="visually-hidden">{label}</span>
      <div className="skeleton" style={{ height: `${height}rem` }} />
    </div>
  )
}
