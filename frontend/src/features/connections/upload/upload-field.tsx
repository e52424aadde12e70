import Box from '@mui/material/Box';
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import type { Schema } from '@/lib/api/client';
import { DropZone } from './drop-zone';
import { Upload } from './upload';
import { UploadProgress } from './upload-progress';

function Running({ upload, onDone, onOther }: { upload: Upload; onDone: Props['onDone']; onOther: () => void }) {
  const now = useSyncExternalStore(upload.subscribe, upload.snapshot, upload.snapshot);
  const tell = useEffectEvent(onDone);
  useEffect(() => {
    if (now.file) tell(now.file);
  }, [now.file]);
  useEffect(() => {
    upload.start();
    return () => {
      upload.pause();
    };
  }, [upload]);
  return <UploadProgress upload={upload} now={now} onOther={onOther} />;
}

interface Props {
  /** The file is there, and the server has said what it is. */
  onDone: (file: Schema<'FileView'>) => void;
}

/** Brings a file of the person's own machine to the server. */
export function UploadField({ onDone }: Props) {
  const [upload, setUpload] = useState<Upload>();
  return (
    <Box sx={{ maxWidth: 640, mb: 5 }}>
      {upload ? (
        <Running
          upload={upload}
          onDone={onDone}
          onOther={() => {
            void upload.giveUp();
            setUpload(undefined);
          }}
        />
      ) : (
        <DropZone
          onFile={(file) => {
            setUpload(new Upload(file));
          }}
        />
      )}
    </Box>
  );
}
