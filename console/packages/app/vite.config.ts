import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Nothing inline and nothing from elsewhere: the server's Content-Security-Policy allows files only.
export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  // `vite`: calls of the API go to a server on this machine, pages do not.
  server: {
    proxy: {
      '/': {
        target: 'http://127.0.0.1:8083',
        bypass: (request) =>
          request.method === 'POST' || request.url?.startsWith('/_stepwise/')
            ? undefined
            : request.url,
      },
    },
  },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
