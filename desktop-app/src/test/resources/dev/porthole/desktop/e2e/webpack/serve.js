const webpack = require('webpack')
const WebpackDevServer = require('webpack-dev-server')

const port = Number(process.argv[2])
const compiler = webpack({ context: __dirname, mode: 'development', entry: './main.js' })
const server = new WebpackDevServer({ host: '127.0.0.1', port, static: { directory: __dirname, watch: false } }, compiler)
server.startCallback(() => console.log('listening on localhost:' + port))
