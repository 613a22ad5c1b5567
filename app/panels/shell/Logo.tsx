/** Water over a sill: what the product is called after. */
export function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" role="img" aria-label="Weir">
      <path d="M2 6h6.5c3 0 3.2 9 6.5 9h5" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
      <path
        d="M2 10.5h5c2.6 0 2.4 8 6 8h7"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        opacity=".45"
      />
      <circle cx="15" cy="5" r="2.4" fill="var(--bad-fill)" />
    </svg>
  );
}
