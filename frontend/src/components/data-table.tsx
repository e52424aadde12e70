import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Skeleton from '@mui/material/Skeleton';
import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  /** Heading; '' for a column of buttons, which names itself. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. */
  end?: boolean;
  /** Left out on narrow screens. */
  wide?: boolean;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Rows of the skeleton while `rows` is not there. */
  expected?: number;
}

const display = (column: { wide?: boolean }) => (column.wide ? { xs: 'none', md: 'table-cell' } : 'table-cell');

export function DataTable<Row>({ label, columns, rows, rowKey, expected = 5 }: Props<Row>) {
  return (
    <TableContainer tabIndex={0} role="group" aria-label={label} sx={{ '&:focus-visible': { outlineOffset: -2 } }}>
      <Table size="small" aria-label={label} aria-busy={rows === undefined}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell key={column.id} align={column.end ? 'right' : 'left'} sx={{ display: display(column) }}>
                {column.header}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows === undefined &&
            Array.from({ length: expected }, (_, at) => (
              <TableRow key={at}>
                {columns.map((column) => (
                  <TableCell key={column.id} sx={{ display: display(column) }}>
                    <Skeleton />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          {rows?.map((row) => (
            <TableRow key={rowKey(row)} hover>
              {columns.map((column) => (
                <TableCell key={column.id} align={column.end ? 'right' : 'left'} sx={{ display: display(column) }}>
                  {column.cell(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
