import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import ChevronIcon from 'lucide-react/icons/chevron-right';
import CodeIcon from 'lucide-react/icons/file-code';
import ColumnIcon from 'lucide-react/icons/columns-2';
import FolderIcon from 'lucide-react/icons/folder';
import IndexIcon from 'lucide-react/icons/arrow-down-a-z';
import KeyIcon from 'lucide-react/icons/key-round';
import LinkIcon from 'lucide-react/icons/link';
import PersonIcon from 'lucide-react/icons/user-round';
import TableIcon from 'lucide-react/icons/table-2';
import { useFormat } from '@/lib/format/use-format';
import type { TreeNode, TreeRow } from '../data/tree';

const ICONS = {
  group: FolderIcon,
  table: TableIcon,
  column: ColumnIcon,
  keys: KeyIcon,
  key: KeyIcon,
  reference: LinkIcon,
  index: IndexIcon,
  object: CodeIcon,
};

const iconOf = ({ kind, marks }: TreeNode): keyof typeof ICONS => {
  if (kind === 'key' && !marks?.key) return 'reference';
  return marks?.key ? 'key' : kind;
};

interface Props {
  id: string;
  row: TreeRow;
  /** Where it stands in the list, in pixels. */
  top: number;
  active: boolean;
  chosen: boolean;
  onOpen: () => void;
  onChoose: () => void;
}

const line = {
  position: 'absolute',
  insetInline: 0,
  insetBlockStart: 0,
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  height: 32,
  borderRadius: 1,
  cursor: 'pointer',
  whiteSpace: 'nowrap',
  '&:hover': { bgcolor: 'action.hover' },
  '&[aria-selected=true]': { bgcolor: 'action.selected', fontWeight: 550 },
  '[role=tree]:focus-visible &[data-active=true]': {
    outline: '2px solid',
    outlineColor: 'primary.main',
    outlineOffset: -2,
  },
};

const rest = { color: 'text.secondary', fontWeight: 400, fontSize: '0.9286rem' };

/** One line of the tree. */
export function TreeLine({ id, row, top, active, chosen, onOpen, onChoose }: Props) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const { node, level, position, siblings, open } = row;
  const Icon = ICONS[iconOf(node)];
  const groupName = node.of ? t(`objects.${node.of}`, { defaultValue: node.of }) : t('tree.keys');
  return (
    <Box
      id={id}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={open}
      aria-selected={chosen}
      data-active={active}
      onClick={onChoose}
      sx={line}
      style={{
        transform: `translateY(${String(top)}px)`,
        paddingInlineStart: (level - 1) * 16 + 4,
        paddingInlineEnd: 8,
      }}
    >
      <Box
        aria-hidden
        onClick={(event) => {
          if (open === undefined) return;
          event.stopPropagation();
          onOpen();
        }}
        sx={{
          flex: 'none',
          width: 20,
          height: 20,
          display: 'grid',
          placeItems: 'center',
          color: 'text.secondary',
          visibility: open === undefined ? 'hidden' : 'visible',
          transform: open ? 'rotate(90deg)' : 'none',
          '[dir=rtl] &': { transform: open ? 'rotate(90deg)' : 'scaleX(-1)' },
        }}
      >
        <ChevronIcon size={14} />
      </Box>
      <Box
        aria-hidden
        sx={{ flex: 'none', display: 'grid', color: node.marks?.key ? 'warning.main' : 'text.secondary' }}
      >
        <Icon size={15} />
      </Box>
      {node.name ? (
        <Box
          component="code"
          dir="auto"
          title={node.name}
          sx={{ overflow: 'hidden', textOverflow: 'ellipsis', flex: '0 0 auto', maxWidth: '75%' }}
        >
          {node.name}
        </Box>
      ) : (
        <span>{groupName}</span>
      )}
      {node.detail && (
        <Box
          component="span"
          dir="ltr"
          sx={{ ...rest, overflow: 'hidden', textOverflow: 'ellipsis', flex: '0 100 auto' }}
        >
          {node.detail}
        </Box>
      )}
      <Box component="span" sx={{ flex: 1 }} />
      {node.kind === 'key' && node.marks?.declared === false && <Box sx={rest}>{t('reference.found')}</Box>}
      {node.marks?.unique && <Box sx={rest}>{t('index.isUnique')}</Box>}
      {node.marks?.personal && (
        <Box
          sx={{ color: 'altered.main', display: 'grid', flex: 'none' }}
          role="img"
          aria-label={t('personal.mark')}
          title={t('personal.mark')}
        >
          <PersonIcon size={14} aria-hidden />
        </Box>
      )}
      {node.count !== undefined && <Box sx={rest}>{format.number(node.count)}</Box>}
    </Box>
  );
}
