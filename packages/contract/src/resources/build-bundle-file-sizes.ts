import { attribute, defineResource, toOne } from '../define-resource.ts'
import { integer, text } from '../kinds.ts'
import { TESTFLIGHT_READERS } from '../roles.ts'

/** What a bundle weighs on one device. https://developer.apple.com/documentation/appstoreconnectapi/buildbundlefilesize */
export const buildBundleFileSizes = defineResource({
  type: 'buildBundleFileSizes',
  schema: { one: 'BuildBundleFileSize', many: 'BuildBundleFileSizes' },
  description: 'How large a bundle is to download and to install on one device and system version.',
  attributes: {
    deviceModel: attribute(text(), { nullable: true }),
    osVersion: attribute(text(), { nullable: true }),
    downloadBytes: attribute(integer, { nullable: true }),
    installBytes: attribute(integer, { nullable: true }),
  },
  relationships: {
    buildBundle: toOne('buildBundles', { create: 'required', hidden: true }),
  },
  operations: {},
  readers: TESTFLIGHT_READERS,
})
