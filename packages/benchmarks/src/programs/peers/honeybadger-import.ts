import Honeybadger from '@honeybadger-io/js'

Honeybadger.configure({ apiKey: 'benchmark' })
