-- A look at the old database: one line a finding.
CREATE TEMP VIEW finding (place, what, "rows") AS
  SELECT 'ORD_HDR.TOT_AMT', 'stored as ' || typeof(TOT_AMT) || ', such as ' || quote(min(TOT_AMT)), count(*)
    FROM ORD_HDR GROUP BY typeof(TOT_AMT)
  UNION ALL SELECT 'ORD_HDR.ORD_DT', 'stored as ' || typeof(ORD_DT) || ', such as ' || quote(max(ORD_DT)), count(*)
    FROM ORD_HDR GROUP BY typeof(ORD_DT)
  UNION ALL SELECT 'ORD_LINE.QTY', 'stored as ' || typeof(QTY) || ', such as ' || quote(max(QTY)), count(*)
    FROM ORD_LINE GROUP BY typeof(QTY)
  UNION ALL SELECT 'PAYMENTS.PAY_DT', 'stored as ' || typeof(PAY_DT) || ', such as ' || quote(max(PAY_DT)), count(*)
    FROM PAYMENTS GROUP BY typeof(PAY_DT)
  UNION ALL SELECT 'TBL_CUST.FULL_NM', 'names as "Last, First"', count(*) FROM TBL_CUST WHERE FULL_NM LIKE '%,%'
  UNION ALL SELECT 'TBL_CUST.DEL_DT', 'customers marked as deleted', count(*) FROM TBL_CUST WHERE DEL_DT <> 0
  UNION ALL SELECT 'ORD_HDR.ORD_DT', 'orders dated zero', count(*) FROM ORD_HDR WHERE ORD_DT = 0
  UNION ALL SELECT 'ORD_HDR.CUST_NO', 'orders of customers that do not exist', count(*) FROM ORD_HDR
    WHERE CUST_NO NOT IN (SELECT CUST_NO FROM TBL_CUST)
  UNION ALL SELECT 'PAYMENTS.AMT', 'negative payments', count(*) FROM PAYMENTS WHERE AMT < 0;
SELECT printf('  %-17s %-58s %8d', place, what, "rows") FROM finding;
