import 'reflect-metadata'
import { CrontifyModule, Monitor } from '@crontify/nestjs'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Cron, ScheduleModule } from '@nestjs/schedule'
import { writeReport } from './write-report.ts'

class Reports {
  @Monitor('nightly-report')
  @Cron('0 2 * * *', { timeZone: 'Europe/Berlin' })
  async nightly() {
    return writeReport()
  }
}

@Module({ imports: [ScheduleModule.forRoot(), CrontifyModule.forRoot()], providers: [Reports] })
class AppModule {}

const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error'] })
await app.get(Reports).nightly()
await app.close()
