import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '@/components/download';
import { client, type Schema } from '@/lib/api/client';
import { asApiError } from '@/lib/api/errors';
import { useMay } from '@/lib/api/me';
import { useNotify } from '@/lib/store/store';
import { ArchiveProject } from './archive-project';
import { RemoveProject } from './remove-project';

type Project = Schema<'ProjectView'>;
type Asked = 'archive' | 'remove';

/** The project as a file: its plans and the names of their connections. */
function useExport({ project_id, name }: Project) {
  const { t } = useTranslation('projects');
  const notify = useNotify();
  return useMutation({
    mutationFn: async () => {
      const { data } = await client.GET('/api/v1/projects/{project_id}/export', { params: { path: { project_id } } });
      return data;
    },
    onSuccess: (data) => {
      download(`${name}.json`, JSON.stringify(data, null, 2), 'application/json');
    },
    onError: (error) => {
      notify('error', t('more.exportFailed', { why: asApiError(error).message }));
    },
  });
}

/** What is done with a project as a whole, and not every day. */
export function ProjectMore({ project }: { project: Project }) {
  const { t } = useTranslation('projects');
  const may = useMay();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [asked, setAsked] = useState<Asked>();
  const { mutate: exportIt } = useExport(project);
  const close = () => {
    setAnchor(null);
  };
  const ask = (what: Asked) => () => {
    close();
    setAsked(what);
  };
  const done = () => {
    setAsked(undefined);
  };
  const removable = project.state === 'draft' || project.state === 'archived';
  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="menu"
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        {t('more.title')}
      </Button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={close}>
        <MenuItem
          onClick={() => {
            close();
            exportIt();
          }}
        >
          {t('more.export')}
        </MenuItem>
        {may('projects.write') && project.next_states.includes('archived') && (
          <MenuItem onClick={ask('archive')}>{t('more.archive')}</MenuItem>
        )}
        {may('projects.admin') && removable && (
          <MenuItem onClick={ask('remove')} sx={{ color: 'error.main' }}>
            {t('more.remove')}
          </MenuItem>
        )}
      </Menu>
      {asked === 'archive' && <ArchiveProject project={project} onClose={done} />}
      {asked === 'remove' && <RemoveProject project={project} onClose={done} />}
    </>
  );
}
