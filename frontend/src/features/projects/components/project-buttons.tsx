import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { $api, ifMatch, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { EditProject } from './edit-project';
import { ProjectMore } from './project-more';

/** Changing the project, and its next step. */
export function ProjectButtons({ project }: { project: Schema<'ProjectView'> }) {
  const { t } = useTranslation(['projects', 'workspace']);
  const may = useMay();
  const queries = useQueryClient();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [editing, setEditing] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects/{project_id}'] });
  const { mutate, error } = $api.useMutation('post', '/api/v1/projects/{project_id}/state', { onSettled: refresh });
  if (!may('projects.write')) return <ProjectMore project={project} />;
  // Archiving wants the name typed and stands with the other rare things.
  const next = project.next_states.filter((state) => state !== 'archived');
  const close = () => {
    setAnchor(null);
  };
  return (
    <>
      {project.state !== 'archived' && (
        <Button
          variant="outlined"
          onClick={() => {
            setEditing(true);
          }}
        >
          {t('edit.action')}
        </Button>
      )}
      {next.length > 0 && (
        <Button
          variant="outlined"
          aria-haspopup="menu"
          onClick={(event) => {
            setAnchor(event.currentTarget);
          }}
        >
          {t('move')}
        </Button>
      )}
      <Menu open={anchor !== null} anchorEl={anchor} onClose={close}>
        {next.map((state) => (
          <MenuItem
            key={state}
            onClick={() => {
              close();
              mutate({
                params: { path: { project_id: project.project_id }, header: ifMatch(project.version) },
                body: { state },
              });
            }}
          >
            {t(`workspace:states.${state}`)}
          </MenuItem>
        ))}
      </Menu>
      <ProjectMore project={project} />
      <ErrorNote error={error} reload={() => void refresh()} />
      {editing && (
        <EditProject
          project={project}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </>
  );
}
