import Button, { type ButtonProps } from '@mui/material/Button';
import { useState, type ReactNode } from 'react';

interface Props extends Omit<ButtonProps, 'onClick'> {
  /** What it opens; `close` takes it away again. */
  dialog: (close: () => void) => ReactNode;
}

/** A button that opens a dialog. */
export function DialogButton({ dialog, ...button }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        {...button}
        onClick={() => {
          setOpen(true);
        }}
      />
      {open &&
        dialog(() => {
          setOpen(false);
        })}
    </>
  );
}
