import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { applyDensity, applyMode, Density, Mode } from '@cloudscape-design/global-styles';
import './vendor/global.css';
import './styles/graph.css';
import './styles/app.css';
import { App } from './App.tsx';

const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => applyMode(dark.matches ? Mode.Dark : Mode.Light);
follow();
dark.addEventListener('change', follow);
applyDensity(Density.Compact);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
