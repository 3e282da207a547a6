/** The seeds that come with the service, by the names that `--seed` knows them by. YAML, as a file of one's own is. */
export const BUILT_IN_SEEDS = {
  /** A team that has nothing yet but a key. */
  none: `teams:
  - name: Clipflight
    keys:
      - name: Admin
        roles: [ADMIN]
`,
  /** A coffee shop's app with an App Clip, as it stands in TestFlight. */
  demo: `teams:
  - name: Clipflight Demo
    keys:
      - name: Admin
        roles: [ADMIN]
    apps:
      - name: Example Coffee
        bundleId: com.example.coffee
        sku: COFFEE-IOS
        primaryLocale: en-US
        contentRightsDeclaration: DOES_NOT_USE_THIRD_PARTY_CONTENT
        appClips:
          - bundleId: com.example.coffee.Clip
        betaGroups:
          - name: Baristas
            isInternalGroup: true
            hasAccessToAllBuilds: true
            createdDate: -P60D
          - name: Coffee Lovers
            createdDate: -P45D
            publicLinkEnabled: true
            publicLinkId: coFFee42
            publicLink: https://testflight.apple.com/join/coFFee42
            publicLinkLimitEnabled: true
            publicLinkLimit: 500
        preReleaseVersions:
          - version: '1.3'
            builds:
              - version: '36'
                uploadedDate: -P32D
                expirationDate: P58D
                minOsVersion: '17.0'
                usesNonExemptEncryption: false
                betaGroups: [Baristas, Coffee Lovers]
                buildBetaDetail:
                  internalBuildState: IN_BETA_TESTING
                  externalBuildState: IN_BETA_TESTING
                betaAppReviewSubmission:
                  betaReviewState: APPROVED
                  submittedDate: -P31D
                betaBuildLocalizations:
                  - { locale: en-US, whatsNew: Order ahead is faster. Please try it in a busy shop. }
                buildBundles:
                  - &app
                    bundleId: com.example.coffee
                    bundleType: APP
                    fileName: ExampleCoffee.app
                    sdkBuild: 22A3362
                    platformBuild: 22A3362
                    hasSirikit: false
                    hasOnDemandResources: false
                    hasPrerenderedIcon: false
                    usesLocationServices: true
                    isIosBuildMacAppStoreCompatible: true
                    includesSymbols: true
                    supportedArchitectures: [arm64]
                    requiredCapabilities: [arm64]
                    locales: [en-US, de-DE, ja]
                    minimumOsVersion: '17.0'
                    entitlements:
                      ExampleCoffee.app/ExampleCoffee:
                        application-identifier: 9XJ5QK2L7M.com.example.coffee
                        com.apple.developer.associated-domains: '["applinks:coffee.example.com", "appclips:coffee.example.com"]'
                        com.apple.developer.associated-appclip-app-identifiers: '["9XJ5QK2L7M.com.example.coffee.Clip"]'
                    buildBundleFileSizes:
                      - { deviceModel: Universal, osVersion: Universal, downloadBytes: 24117248, installBytes: 61341696 }
                      - { deviceModel: 'iPhone17,1', osVersion: '18.0', downloadBytes: 18874368, installBytes: 47185920 }
                  - &clip
                    bundleId: com.example.coffee.Clip
                    bundleType: APP_CLIP
                    fileName: ExampleCoffeeClip.app
                    sdkBuild: 22A3362
                    platformBuild: 22A3362
                    hasSirikit: false
                    hasOnDemandResources: false
                    hasPrerenderedIcon: false
                    usesLocationServices: false
                    isIosBuildMacAppStoreCompatible: false
                    includesSymbols: true
                    supportedArchitectures: [arm64]
                    requiredCapabilities: [arm64]
                    locales: [en-US, de-DE, ja]
                    minimumOsVersion: '17.0'
                    entitlements:
                      ExampleCoffeeClip.app/ExampleCoffeeClip:
                        application-identifier: 9XJ5QK2L7M.com.example.coffee.Clip
                        com.apple.developer.associated-domains: '["appclips:coffee.example.com"]'
                        com.apple.developer.on-demand-install-capable: 'true'
                        com.apple.developer.parent-application-identifiers: '["9XJ5QK2L7M.com.example.coffee"]'
                    appClipDomainCacheStatus:
                      lastUpdatedDate: -PT5H
                      domains:
                        - { domain: coffee.example.com, isValid: true, lastUpdatedDate: -PT5H }
                    buildBundleFileSizes:
                      - { deviceModel: Universal, osVersion: Universal, downloadBytes: 5662310, installBytes: 13631488 }
                      - { deviceModel: 'iPhone17,1', osVersion: '18.0', downloadBytes: 4404019, installBytes: 10485760 }
                    betaAppClipInvocations:
                      - url: https://coffee.example.com/order?shop=12
                        betaAppClipInvocationLocalizations:
                          - { locale: en-US, title: Order at the counter }
                          - { locale: de-DE, title: An der Theke bestellen }
                          - { locale: ja, title: カウンターで注文 }
                      - url: https://coffee.example.com/loyalty
                        betaAppClipInvocationLocalizations:
                          - { locale: en-US, title: Collect a stamp }
                          - { locale: de-DE, title: Stempel sammeln }
                          - { locale: ja, title: スタンプを集める }
          - version: '1.4'
            builds:
              - version: '41'
                uploadedDate: -P9D
                expirationDate: P81D
                minOsVersion: '17.0'
                usesNonExemptEncryption: false
                betaGroups: [Baristas, Coffee Lovers]
                buildBetaDetail:
                  internalBuildState: IN_BETA_TESTING
                  externalBuildState: IN_BETA_TESTING
                betaAppReviewSubmission:
                  betaReviewState: APPROVED
                  submittedDate: -P8D
                betaBuildLocalizations:
                  - { locale: en-US, whatsNew: Pay with loyalty points from the App Clip. }
                  - { locale: de-DE, whatsNew: Im App Clip mit Treuepunkten bezahlen. }
                buildBundles: [*app, *clip]
              - version: '42'
                uploadedDate: -P2D
                expirationDate: P88D
                minOsVersion: '17.0'
                usesNonExemptEncryption: false
                betaGroups: [Baristas]
                buildBetaDetail:
                  internalBuildState: IN_BETA_TESTING
                betaBuildLocalizations:
                  - { locale: en-US, whatsNew: The menu card opens from the code on the table. }
                  - { locale: de-DE, whatsNew: Die Karte öffnet sich über den Code auf dem Tisch. }
                  - { locale: ja, whatsNew: テーブルのコードからメニューが開きます。 }
                buildBundles: [*app, *clip]
`,
} as const

export type BuiltInSeed = keyof typeof BUILT_IN_SEEDS

export function isBuiltInSeed(name: string): name is BuiltInSeed {
  return Object.hasOwn(BUILT_IN_SEEDS, name)
}
