import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import fileNames from './eslint/file-names.js';
import oneWay from './eslint/one-way.js';

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/lib/api/schema.ts', 'test-results'] },
  { files: ['**/*.{ts,tsx}'], extends: [...tseslint.configs.strict, ...tseslint.configs.stylistic] },
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks, own: { rules: { 'one-way': oneWay, 'file-names': fileNames } } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'own/one-way': 'error',
      'own/file-names': 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'lucide-react', message: "Import one icon: 'lucide-react/icons/house'.", allowTypeImports: true },
            { name: '@mui/material', message: "Import one component: '@mui/material/Button'." },
          ],
        },
      ],
    },
  },
);
