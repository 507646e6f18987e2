import { mount } from 'svelte';
import App from './app/App.svelte';
import { startBackend } from './backend';
import { startTheme } from './theme/theme.svelte';
import './theme/tokens/colour.css';
import './theme/tokens/measure.css';
import './theme/fonts.css';
import './theme/base.css';
import './theme/controls.css';
import './theme/forced.css';
import './theme/narrow.css';

startTheme();
void startBackend().then(() => {
  const target = document.getElementById('app');
  if (target) mount(App, { target });
});
