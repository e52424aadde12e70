import { configureStore, createSlice, nanoid, type PayloadAction } from '@reduxjs/toolkit';
import { useDispatch, useSelector } from 'react-redux';

/** Client state only: how the frame stands, and what is said in passing. What the server knows is in the query cache. */
const RAIL_KEY = 'miq.rail';

export interface Notice {
  id: string;
  tone: 'success' | 'info' | 'error';
  text: string;
}

const shell = createSlice({
  name: 'shell',
  initialState: () => ({ narrow: localStorage.getItem(RAIL_KEY) === 'narrow', palette: false }),
  reducers: {
    railToggled: (state) => {
      state.narrow = !state.narrow;
    },
    paletteShown: (state, { payload }: PayloadAction<boolean>) => {
      state.palette = payload;
    },
  },
});

const notices = createSlice({
  name: 'notices',
  initialState: [] as Notice[],
  reducers: {
    noticed: {
      prepare: (notice: Omit<Notice, 'id'>) => ({ payload: { ...notice, id: nanoid() } }),
      reducer: (state, { payload }: PayloadAction<Notice>) => [...state.slice(-2), payload],
    },
    dismissed: (state, { payload }: PayloadAction<string>) => state.filter(({ id }) => id !== payload),
  },
});

export const { railToggled, paletteShown } = shell.actions;
export const { noticed, dismissed } = notices.actions;

export function makeStore() {
  const store = configureStore({ reducer: { shell: shell.reducer, notices: notices.reducer } });
  store.subscribe(() => {
    localStorage.setItem(RAIL_KEY, store.getState().shell.narrow ? 'narrow' : 'wide');
  });
  return store;
}

type Store = ReturnType<typeof makeStore>;
export const useStoreDispatch = useDispatch.withTypes<Store['dispatch']>();
export const useStoreSelector = useSelector.withTypes<ReturnType<Store['getState']>>();

/** Says something in passing: what was done, or why it was not. */
export function useNotify() {
  const dispatch = useStoreDispatch();
  return (tone: Notice['tone'], text: string) => {
    dispatch(noticed({ tone, text }));
  };
}
