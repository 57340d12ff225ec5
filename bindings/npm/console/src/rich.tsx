/** Text in which names stand between backticks, as the package writes it. */
export function Rich({ text }: { text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
