await monitor.success({
  meta: {
    records_processed: result.count,
    api_calls_made: result.apiCalls,
    errors_encountered: result.errors,
  }
});
