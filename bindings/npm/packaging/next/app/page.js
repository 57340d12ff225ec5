import { check } from 'image-preflight';
import { Client } from './client';

export default function Page() {
  return (
    <>
      <p id="server">{check({ operation: 'jd.copy-images' }).verdict}</p>
      <Client />
    </>
  );
}
