import HomeIcon from 'lucide-react/icons/house';
import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'home',
  nav: { order: 10, to: '/', icon: HomeIcon, key: 'h' },
  routes: [page('/', () => import('./routes/home'))],
};
export default feature;
