'use client';

import { useEffect, useState } from 'react';
import { addLocale, check, standardSchema } from 'image-preflight';
import chinese from 'image-preflight/locales/zh-CN';
import { schema } from 'image-preflight/schemas';
import * as slim from 'image-preflight/slim';
import { answers } from '../answers.js';

export function Client() {
  const [text, setText] = useState('');
  useEffect(() => void answers({ addLocale, check, standardSchema, chinese }, { schema }, slim, '/image_preflight.wasm').then(setText), []);
  return <p id="client">{text}</p>;
}
