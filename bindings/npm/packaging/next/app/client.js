'use client';

import { useEffect, useState } from 'react';
import { check, request, standardSchema } from 'image-preflight';
import { schema } from 'image-preflight/schemas';
import * as slim from 'image-preflight/slim';
import { answers } from '../answers.js';

export function Client() {
  const [text, setText] = useState('');
  useEffect(() => void answers({ check, request, standardSchema }, { schema }, slim, '/check.en.wasm').then(setText), []);
  return <p id="client">{text}</p>;
}
