BASE="https://api.crontify.com/api/v1/ping/your-monitor-id"
HEADERS="-H 'X-API-Key: your-key'"

curl -fsS -X POST "$BASE/start" $HEADERS
your_job_command
[ $? -eq 0 ] && curl -fsS -X POST "$BASE/success" $HEADERS \
              || curl -fsS -X POST "$BASE/fail" $HEADERS
