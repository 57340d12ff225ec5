/** The console: a list of images with their actions, and a form that validates on every keystroke. */
import { addLocale } from 'image-preflight';
import chinese from 'image-preflight/locales/zh-CN';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ImageList } from './image-list.tsx';
import { Explain } from './explain.tsx';
import './style.css';
import { Language, type Locale, WORDS } from './words.ts';

addLocale(chinese);

function Console() {
  const [locale, setLocale] = useState<Locale>('en');
  const words = WORDS[locale];
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = words.title;
  }, [locale, words]);
  return (
    <Language value={locale}>
      <header className="top">
        <div>
          <h1>{words.title}</h1>
          <p>{words.subtitle}</p>
        </div>
        <label className="language">
          <span>{words.language}</span>
          <select value={locale} onChange={({ target }) => setLocale(target.value as Locale)}>
            <option value="en">English</option>
            <option value="zh-CN">中文</option>
          </select>
        </label>
      </header>
      <main>
        <ImageList />
        <Explain />
      </main>
    </Language>
  );
}

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Console />
    </StrictMode>,
  );
}
