'use client';

import { check } from 'image-preflight';
import { useEffect, useState } from 'react';

export function Client() {
  const [verdict, setVerdict] = useState('');
  useEffect(() => setVerdict(check({ operation: 'jd.copy-images' }).verdict), []);
  return <p id="client">{verdict}</p>;
}
