/** Text with names in backticks, as in the package's messages. */
export function Rich({ text }: { text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
